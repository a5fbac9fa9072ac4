package com.example.war;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

@Entity
public class ShopOrder {
    @Id
    private String id;

    private String item;

    protected ShopOrder() {}

    ShopOrder(String id, String item) {
        this.id = id;
        this.item = item;
    }

    public String getId() {
        return id;
    }

    public String getItem() {
        return item;
    }
}
