package com.example.war;

import jakarta.ejb.Stateless;
import jakarta.inject.Named;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

@Named
@Stateless
public class Shop {
    @PersistenceContext(unitName = "shop")
    private EntityManager orders;

    public long orders() {
        return orders.createQuery("SELECT COUNT(o) FROM ShopOrder o", Long.class).getSingleResult();
    }
}
