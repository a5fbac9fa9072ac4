<?xml version="1.0" encoding="UTF-8"?>
<!-- Sets a domain of GlassFish up for Errand, as that of Payara, its kin, but for what follows. The driver of H2 has to be in the
     domain's folder lib. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:import href="../payara/domain.xsl"/>

  <!-- The pool of the default datasource has another name, and is for a Derby that has to be started beside it -->
  <xsl:template match="jdbc-connection-pool[@name='DerbyPool']">
    <jdbc-connection-pool name="DerbyPool" datasource-classname="org.h2.jdbcx.JdbcDataSource" res-type="javax.sql.DataSource"
                          steady-pool-size="2" max-pool-size="40">
      <property name="URL" value="jdbc:h2:async:${{errand-data}}/errand;WRITE_DELAY=0;OPTIMIZE_REUSE_RESULTS=FALSE;DB_CLOSE_ON_EXIT=FALSE"/>
      <property name="user" value="sa"/>
      <property name="password" value="sa"/>
    </jdbc-connection-pool>
  </xsl:template>

  <!-- The server's own timers; Errand's are not kept, but without this there are none at all -->
  <xsl:template match="jdbc-connection-pool[@name='__TimerPool']">
    <jdbc-connection-pool name="__TimerPool" datasource-classname="org.h2.jdbcx.JdbcDataSource" res-type="javax.sql.XADataSource">
      <property name="URL" value="jdbc:h2:${{com.sun.aas.instanceRoot}}/lib/databases/ejbtimer"/>
    </jdbc-connection-pool>
  </xsl:template>

  <xsl:template match="config[@name='server-config']">
    <xsl:copy>
      <xsl:apply-templates select="@*|node()"/>
      <mdb-container max-pool-size="16"/>
      <ejb-container max-pool-size="128"/>
    </xsl:copy>
  </xsl:template>
  <!-- No answer tells which server it is -->
  <xsl:template match="jvm-options[.='-Xmx512m']">
    <xsl:apply-imports/>
    <jvm-options>-Dproduct.name=</jvm-options>
  </xsl:template>
</xsl:stylesheet>
